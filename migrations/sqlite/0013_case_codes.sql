-- The key of case files in an index like the others, so that a first large file can be taken in before it is made.
-- SQLite takes the key of a table from it only by making the table anew.
create table case_files_anew (
    case_file_id integer primary key,
    case_code text not null,
    agency_id bigint not null,
    own_field_id bigint,
    field_id bigint,
    procedure_id bigint,
    channel integer not null,
    received_on integer not null,
    due_on integer,
    is_due_computed boolean not null,
    original_due_on integer,
    completed_on integer,
    returned_on integer,
    status integer,
    status_on integer,
    paused_on integer,
    resumed_on integer,
    apology_on integer,
    reschedules integer,
    is_immediate boolean not null,
    ended_on integer,
    outcome integer not null,
    strict_outcome integer not null,
    pause_from integer,
    pause_until integer,
    first_batch_id bigint not null,
    batch_id bigint not null
);
insert into case_files_anew select * from case_files;
drop table case_files;
alter table case_files_anew rename to case_files;
create unique index case_files_by_code on case_files (case_code);
create index case_files_by_agency on case_files (agency_id, received_on);
create index case_files_by_procedure on case_files (procedure_id, received_on);
create index case_files_late on case_files (ended_on) where outcome = 3;
create index case_files_open on case_files (due_on) where outcome = 0;
create index case_files_by_letter on case_files (apology_on) where apology_on is not null;
create index case_files_strictly_late on case_files (ended_on) where strict_outcome = 3;
create index case_files_rescheduled on case_files (received_on) where reschedules > 1;

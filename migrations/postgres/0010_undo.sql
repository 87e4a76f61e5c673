-- What undoing a batch needs: which rows it added, and what each row it changed was before.
alter table batches add column keeps_before boolean not null default false;
-- The rows that it added, of case files or petitions, have higher numbers.
alter table batches add column after_row bigint not null default 0;
alter table batches add column undone_on date;

-- Rows of the small kinds, known by their key.
create table rows_before (
    batch_id bigint not null,
    kind text not null,
    row_key text not null,
    -- The row as it was, in JSON; empty when the batch added it.
    body text,
    -- Added from its code alone, because a row spoke of it.
    is_made boolean not null,
    primary key (batch_id, kind, row_key)
);
create index rows_before_by_key on rows_before (kind, row_key, batch_id);

create index case_file_before_by_batch on case_file_before (batch_id);

alter table petitions add column first_batch_id bigint not null default 0;
update petitions set first_batch_id = batch_id;

-- A petition as it was before a batch changed it; one that the batch added has no row here.
create table petition_before (
    changed_in_batch_id bigint not null,
    petition_id bigint not null,
    petition_code text not null,
    agency_id bigint not null,
    field_id bigint,
    kind integer,
    channel integer not null,
    sent_on integer not null,
    transferred_on integer,
    acknowledged_on integer,
    supplement_requested_on integer,
    answered_on integer,
    published_on integer,
    due_on integer,
    status integer,
    records_received boolean not null,
    records_handled boolean not null,
    records_notified boolean not null,
    first_batch_id bigint not null,
    batch_id bigint not null,
    primary key (changed_in_batch_id, petition_id)
);
create index petition_before_by_batch on petition_before (batch_id);

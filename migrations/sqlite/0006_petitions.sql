-- Petitions, and what each day adds by agency, field and channel. Field 0 is no field.
create table petitions (
    petition_id integer primary key,
    petition_code text not null unique,
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
    batch_id bigint not null
);
create index petitions_by_agency on petitions (agency_id, sent_on);

create table petition_days (
    agency_id bigint not null,
    field_id bigint not null,
    channel integer not null,
    day integer not null,
    started bigint not null default 0,
    received_in_time bigint not null default 0,
    received_late bigint not null default 0,
    handled_in_time bigint not null default 0,
    handled_late bigint not null default 0,
    notified_in_time bigint not null default 0,
    notified_late bigint not null default 0,
    in_time bigint not null default 0,
    late bigint not null default 0,
    open_within_limits bigint not null default 0,
    primary key (agency_id, field_id, channel, day)
);

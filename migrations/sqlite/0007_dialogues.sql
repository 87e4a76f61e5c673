-- Dialogues of agencies' heads, their fields, and the issues raised in them.
create table dialogues (
    dialogue_id integer primary key,
    dialogue_code text not null unique,
    agency_id bigint not null,
    planned_on date,
    held_on date,
    chaired_by_head boolean not null default false,
    participants integer,
    minutes_no text,
    batch_id bigint not null
);
create index dialogues_by_agency on dialogues (agency_id);

create table dialogue_fields (
    dialogue_id bigint not null,
    field_id bigint not null,
    primary key (dialogue_id, field_id)
);

create table dialogue_issues (
    dialogue_issue_id integer primary key,
    issue_code text not null unique,
    dialogue_id bigint not null,
    summary text,
    owner_agency_id bigint not null,
    due_on date,
    resolved_on date,
    batch_id bigint not null
);

-- Agencies as a tree, with the time they are valid and owe a dialogue.
create table agencies (
    agency_id integer primary key,
    code text not null unique,
    name text not null,
    level integer not null,
    parent_id bigint references agencies (agency_id),
    valid_from date,
    valid_to date,
    dialogue_from date,
    dialogue_to date,
    head_since date
);
create index agencies_by_parent on agencies (parent_id);

-- Every agency with itself and all below it, made anew when the tree changes.
create table agencies_below (
    above_id bigint not null,
    agency_id bigint not null,
    primary key (above_id, agency_id)
);
create index agencies_below_by_agency on agencies_below (agency_id);

-- The city's own surveys, and the criteria by which it scores itself. Points in hundredths.
create table surveys (
    survey_id integer primary key,
    agency_id bigint not null,
    surveyed_on date not null,
    asked bigint,
    answered bigint not null,
    satisfied bigint not null,
    batch_id bigint not null,
    unique (agency_id, surveyed_on)
);

create table criteria (
    criterion_id integer primary key,
    code text not null unique,
    name text,
    max_points bigint,
    planned bigint,
    achieved bigint,
    owner_agency_id bigint,
    due_on date,
    evidence text,
    batch_id bigint not null
);

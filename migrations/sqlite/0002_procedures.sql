-- Fields, four of them a priority of the plan, and procedures with their time limits.
create table fields (
    field_id integer primary key,
    code text not null unique,
    name text not null,
    is_priority boolean not null default false
);

create table procedures (
    procedure_id integer primary key,
    code text not null unique,
    name text not null,
    field_id bigint references fields (field_id),
    limit_amount integer,
    limit_unit text,
    is_immediate boolean not null default false
);

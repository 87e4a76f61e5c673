-- The plan: dated targets, the working-day calendar, and the yearly indexes others publish.
create table targets (
    target_id integer primary key,
    indicator text not null,
    value bigint not null,
    valid_from date not null,
    valid_to date,
    agency_code text not null default '',
    source text not null,
    unique (indicator, valid_from, agency_code)
);

create table holidays (
    day date primary key,
    name text,
    kind text not null
);

create table yearly_indexes (
    yearly_index_id integer primary key,
    index_name text not null,
    year integer not null,
    province_code text not null,
    rank integer,
    rank_of integer,
    score bigint,
    published_on date,
    source text not null,
    method text,
    mark text not null,
    -- What a source contradicts is kept beside what it says: empty unless the mark is a conflict.
    contradicted text not null default '',
    unique (index_name, year, province_code, source, mark, contradicted)
);

-- One import is one batch; the data version changes with every batch that changed something.
create table batches (
    batch_id integer primary key,
    kind text not null,
    source_name text not null,
    imported_on date not null,
    rows_in bigint not null default 0,
    added bigint not null default 0,
    changed bigint not null default 0,
    unchanged bigint not null default 0,
    set_aside bigint not null default 0,
    warnings bigint not null default 0,
    dropped_columns text not null default ''
);

-- data_version, and whether the data are invented.
create table settings (
    name text primary key,
    value text not null
);

create table mappings (
    name text primary key,
    kind text not null,
    body text not null
);

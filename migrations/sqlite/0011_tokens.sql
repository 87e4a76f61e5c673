-- What lets another system push data in. A token is kept as its SHA-256 alone.
create table tokens (
    token_id integer primary key,
    name text not null unique,
    hash text not null unique,
    created_on date not null,
    revoked_on date
);

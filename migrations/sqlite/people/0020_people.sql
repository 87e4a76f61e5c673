-- Who may what: in a file of its own, so that signing in never waits for an import. PostgreSQL has them beside the rest.
-- Times are seconds since 1970-01-01, UTC.
create table people (
    person_id integer primary key,
    name text not null unique,
    shown_as text not null,
    role text not null,
    -- Without an agency: the whole city.
    agency_code text,
    -- Argon2id; none while the person has not set one, or signs in elsewhere.
    password_hash text,
    -- Changes with password, role, agency and state: a session begun under another ends.
    stamp text not null,
    created_at bigint not null,
    disabled_at bigint
);

-- A session is found by the SHA-256 of what its cookie says: who reads this table cannot take one over.
create table sessions (
    hash text not null primary key,
    person_id bigint,
    data text not null,
    signed_in_at bigint,
    seen_at bigint,
    browser text not null default '',
    from_address text not null default '',
    expires_at bigint not null
);
create index sessions_by_person on sessions (person_id);
create index sessions_by_expiry on sessions (expires_at);

-- Links that let somebody in once: the first administrator, a new person, a forgotten password.
create table invitations (
    hash text not null primary key,
    -- Without a person: whoever holds the link becomes the first administrator.
    person_id bigint,
    expires_at bigint not null
);

-- Sign-ins that failed, for as long as they slow down the next.
create table failed_sign_ins (
    failed_at bigint not null,
    name text not null,
    from_address text not null
);
create index failed_sign_ins_by_name on failed_sign_ins (name, failed_at);
create index failed_sign_ins_by_address on failed_sign_ins (from_address, failed_at);

-- The audit log: lines are added, never changed. Each holds the hash of the one before, so that a missing one shows.
create table audit (
    line bigint not null primary key,
    at bigint not null,
    actor text not null,
    role text not null,
    action text not null,
    object text not null,
    detail text not null,
    from_address text not null,
    hash text not null
);
create index audit_by_time on audit (at);

-- The last line there should be.
create table audit_head (
    one integer not null primary key check (one = 1),
    line bigint not null,
    hash text not null
);

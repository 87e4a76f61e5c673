-- Briefs that were signed, as they were: the JSON of thuocdo::brief::Frozen. A month is signed once.
create table frozen_briefs (
    month text not null primary key,
    frozen_on date not null,
    brief text not null
);

-- What a meeting concluded about a target of a month, who sees to it, and by when.
create table conclusions (
    month text not null,
    indicator text not null,
    conclusion text not null,
    owner text not null,
    deadline date,
    primary key (month, indicator)
);

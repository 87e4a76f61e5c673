-- What a token opens: the door that takes rows in, or the readings.
alter table tokens add column opens text not null default 'push';

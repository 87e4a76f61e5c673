-- Who brought a batch, and the agency that this one is bound to; none is the whole city.
alter table batches add column brought_by text not null default '';
alter table batches add column agency_code text;

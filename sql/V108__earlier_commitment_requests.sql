-- An archive whose reports take longer than rigatino.deliver.commitment.timeout answers a request when the next is under way.

alter table delivery add column earlier_transaction_uids text[] not null default '{}';
comment on column delivery.earlier_transaction_uids is
  'Storage commitment requests before transaction_uid since the object was last taken: a report that commits to one of them is proof too';

-- By which the studies are found that a release decided against its normal studies. Run by rigatino_owner.

create index study_decided_by on study (deciding_digest, first_received_at desc, id desc)
  where p_value is not null and superseded_at is null;

-- What an archive answered that it has already, and what it took after its delivery was cancelled. Run by rigatino_owner.

comment on column delivery.warning is
  'Status of class Warning (PS3.4 B.2.3) that the last C-STORE was answered with, or Warning Reason (0008,1196) of STOW-RS: stored; or 0111H of either: it had an object of that UID, ours of an earlier attempt or another';
comment on column delivery.sent_at is
  'When it was last taken, also where its delivery had been cancelled by then (DELIVERY_TAKEN_LATE); null while it is to be sent again';

-- A message that was taken back by mistake may come again, and counts. Run by rigatino_owner.

alter table patient_message drop constraint patient_message_sending_application_sending_facility_contro_key;
create unique index patient_message_once on patient_message (sending_application, sending_facility, control_id, content_sha256)
  where voided_at is null;

-- Of each update that a patient is followed by, what was said in it of other IDs.
create index patient_message_said_with on patient_message (control_id, event_at) where kind = 'UPDATE';

-- By which the earlier studies of a patient are found. Run by rigatino_owner.

create index study_identity_patient on study_identity (patient_id, issuer_of_patient_id, study_day desc)
  where state = 'RECORDED' and patient_id <> '';

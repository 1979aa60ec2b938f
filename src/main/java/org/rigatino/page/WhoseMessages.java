package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.identity.IdentityState;
import org.rigatino.patient.IdentityAttribute;

/** What pages say of whose a study is, in English; German is in {@code messages/whose_de.properties}. */
@MessageBundle(value = "whose", locale = "en")
public interface WhoseMessages {
    @Message("Patient and study")
    String whose();

    @Message(
            "{#when state}{#is IN_DOUBT}Its images name several patients: none is shown until an administrator has said who is right{#is DELETED}Whose it is was deleted, its time being over{#is NOT_RECORDED}Whose it is is not recorded{#else}Recorded{/when}")
    String stateOf(IdentityState state);

    @Message("The patient is shown as an HL7 message of {time} corrects it, and not as the images say.")
    String corrected(String time);

    @Message("Shown and in the images")
    String sideBySide();

    @Message("Shown here, by the message")
    String asShown();

    @Message("In the images")
    String asImagesSay();

    @Message(
            "{#when attribute}{#is PATIENT_NAME}Name{#is PATIENT_ID}Patient ID{#is ISSUER_OF_PATIENT_ID}Issuer of Patient ID{#is PATIENT_BIRTH_DATE}Birth date{#is PATIENT_SEX}Sex{#else}{attribute}{/when}")
    String attribute(IdentityAttribute attribute);

    @Message(
            "The archive has the images as they were sent, and what Rigatino sends there bears what the images say. An administrator takes back a message that is wrong.")
    String filesStay();

    @Message("corrected")
    String correctedMark();

    @Message("Corrected: the patient is shown as an HL7 message of {time} corrects it, and not as the images say")
    String correctedMeans(String time);

    @Message("ID")
    String id();

    @Message("Patient ID")
    String patientId();

    @Message("Born")
    String birthDate();

    @Message("born {day}")
    String born(String day);

    @Message("{number} {#when unit}{#is YEARS}years{#is MONTHS}months{#else}days{/when}")
    String age(Integer number, AgeUnit unit);

    @Message("Age")
    String ageIs();

    @Message("Sex")
    String sex();

    @Message("Acc.")
    String accession();

    @Message("Accession number")
    String accessionNumber();

    @Message("Studied")
    String studyDate();

    @Message("Description")
    String description();

    @Message("Modalities")
    String modalities();

    @Message("Body part")
    String bodyParts();

    @Message("Institution")
    String institution();

    @Message("Station")
    String station();

    @Message("Referring physician")
    String referring();

    @Message("Copy UID")
    String copyUid();

    @Message("Copy accession number")
    String copyAccession();

    @Message("Copied")
    String copied();

    @Message("Not copied")
    String notCopied();
}

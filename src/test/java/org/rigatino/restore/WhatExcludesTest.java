package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;

/** What keeps an image out does so in whichever value it stands, and where it cannot be read. */
class WhatExcludesTest {
    @TempDir
    Path folder;

    private static Dataset flair() {
        return new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "2.25.1")
                .put(Tag.Modality, "MR")
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY", "M")
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, 256)
                .put(Tag.Columns, 256)
                .put(Tag.BodyPartExamined, "HEAD")
                .put(Tag.SeriesDescription, "Ax FLAIR")
                .put(Tag.ProtocolName, "FLAIR fs")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
    }

    private static String rule(Dataset header) {
        return Releases.AXIAL_FLAIR.refusal(header, 1).map(Refusal::rule).orElse("eligible");
    }

    @ParameterizedTest
    @CsvSource({
        "BRAIN|NECK, body-part",
        "NECK|BRAIN, body-part",
        "|NECK, body-part",
        "BRAIN|HEAD, eligible",
        "BRAIN|, eligible",
        "|, eligible"
    })
    void everyBodyPartIsOneOfThose(String values, String rule) {
        Dataset header =
                flair().put(Tag.StudyDescription, "MR Head").put(Tag.BodyPartExamined, values.split("\\|", -1));
        assertThat(rule(header)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "Ax FLAIR|T1 FLAIR, FLAIR, series-description",
        "|T1_FLAIR, FLAIR, series-description",
        "FLAIR, tra|T1 FLAIR, series-description",
        "T1 MPRAGE|FLAIR, tra, series-description",
        "Ax FLAIR|T1 MPRAGE, tra, series-description",
        "Ax FLAIR|, tra, eligible",
        "|FLAIR, tra, eligible",
        "Ax FLAIR|FLAIR fs, tra, eligible",
        "T1 MPRAGE|FLAIR, FLAIR, eligible",
        "|, FLAIR, eligible",
        "|, |, series-description"
    })
    void whatIsExcludedIsInNoDescriptionAndWhatIsAskedForInEveryValueOfOne(
            String series, String protocol, String rule) {
        Dataset header = flair().put(Tag.SeriesDescription, series.split("\\|", -1))
                .put(Tag.ProtocolName, protocol.split("\\|", -1));
        assertThat(rule(header)).isEqualTo(rule);
    }

    /** Of a study of several parts each series says which it shows. */
    @ParameterizedTest
    @CsvSource({
        "HEAD|CHEST, FLAIR, body-part",
        "CHEST|HEAD, FLAIR, body-part",
        "HEAD|CHEST, FLAIR head, eligible",
        "HEAD|, FLAIR, eligible",
        "|, FLAIR, body-part"
    })
    void aDescriptionSaysTheBodyPartInEveryValue(String study, String series, String rule) {
        Dataset header = flair().put(Tag.BodyPartExamined, "")
                .put(Tag.StudyDescription, study.split("\\|", -1))
                .put(Tag.SeriesDescription, series);
        assertThat(rule(header)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"AP|LL, view-position", "|LL, view-position", "AP|AP, eligible"})
    void everyViewIsOneOfThose(String views, String rule) {
        Eligibility chest = new Eligibility(
                List.of("DX"),
                List.of("MONOCHROME2"),
                16,
                List.of(),
                List.of("HEAD"),
                null,
                null,
                null,
                null,
                0,
                0,
                List.of("AP"),
                null);
        Dataset header = flair().put(Tag.Modality, "DX").put(Tag.ViewPosition, views.split("\\|"));
        assertThat(chest.refusal(header, 1).map(Refusal::rule).orElse("eligible"))
                .isEqualTo(rule);
    }

    @Test
    void whatIsReadIsEligible() throws IOException {
        assertThat(rule(file(flair(), 0))).isEqualTo("eligible");
    }

    @ParameterizedTest
    @CsvSource({
        "0008103E, series-description",
        "00181030, series-description",
        "00180015, body-part",
        "00280004, photometric-interpretation"
    })
    void whatCannotBeReadDoesNotLetAnImageThrough(String tag, String rule) throws IOException {
        Refusal refusal = Releases.AXIAL_FLAIR
                .refusal(file(flair(), (int) Long.parseLong(tag, 16)), 1)
                .orElseThrow();
        assertThat(refusal.rule()).isEqualTo(rule);
        assertThat(refusal.explanation().orElseThrow()).contains("cannot be read");
    }

    @Test
    void aDescriptionThatCannotBeReadDoesNotSayTheBodyPart() throws IOException {
        Dataset header = flair().put(Tag.BodyPartExamined, "").put(Tag.StudyDescription, "MR Head!");
        assertThat(rule(file(header, 0))).isEqualTo("eligible");
        assertThat(rule(file(header.put(Tag.SeriesDescription, "Head FLAIR"), Tag.StudyDescription)))
                .isEqualTo("body-part");
    }

    /** Of the whole enhanced instance or of the frame. */
    @ParameterizedTest
    @CsvSource({
        "NONE, MAGNITUDE, 0, eligible",
        "NONE|MAX_IP, MAGNITUDE, 0, image-type",
        "|MAX_IP, MAGNITUDE, 0, image-type",
        "NONE, MAGNITUDE|PHASE, 0, image-type",
        "MAX_IP!!, MAGNITUDE, 00089207, image-type",
        "NONE, PHASE!!!, 00089208, image-type"
    })
    void aFrameIsNoPlainImageWhereWhatItIsCannotBeRead(String technique, String component, String tag, String rule)
            throws IOException {
        for (boolean ofFrame : new boolean[] {false, true}) {
            Dataset type = new Dataset().put(Tag.FrameType, "ORIGINAL", "PRIMARY", "BRAIN", "NONE");
            Dataset enhanced =
                    flair().put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4.1").put(Tag.NumberOfFrames, 1);
            (ofFrame ? type : enhanced)
                    .put(Tag.VolumeBasedCalculationTechnique, technique.split("\\|"))
                    .put(Tag.ComplexImageComponent, component.split("\\|"));
            Dataset plane = new Dataset().put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
            enhanced.putItems(
                    Tag.PerFrameFunctionalGroupsSequence,
                    List.of(new Dataset()
                            .putItems(Tag.PlaneOrientationSequence, List.of(plane))
                            .putItems(Tag.MRImageFrameTypeSequence, List.of(type))));
            assertThat(rule(file(enhanced, (int) Long.parseLong(tag, 16))))
                    .as(ofFrame ? "of the frame" : "of the instance")
                    .isEqualTo(rule);
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD, eligible", "NECK, body-part"})
    void everyRegionOfAFrameIsOneOfThose(String second, String rule) throws IOException {
        Dataset plane = new Dataset().put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
        Dataset type = new Dataset().put(Tag.FrameType, "ORIGINAL", "PRIMARY", "BRAIN", "NONE");
        Dataset anatomy = new Dataset()
                .putItems(
                        Tag.AnatomicRegionSequence,
                        List.of(
                                new Dataset().put(Tag.CodeValue, "12738006").put(Tag.CodeMeaning, "Brain"),
                                new Dataset().put(Tag.CodeValue, "1").put(Tag.CodeMeaning, second)));
        Dataset enhanced = flair().put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4.1")
                .put(Tag.NumberOfFrames, 1)
                .putItems(
                        Tag.PerFrameFunctionalGroupsSequence,
                        List.of(new Dataset()
                                .putItems(Tag.FrameAnatomySequence, List.of(anatomy))
                                .putItems(Tag.PlaneOrientationSequence, List.of(plane))
                                .putItems(Tag.MRImageFrameTypeSequence, List.of(type))));
        assertThat(rule(enhanced)).isEqualTo(rule);
    }

    /** @param unreadable has a VR that is not its own, wherever it stands; 0: none has. Its value is of whole fours */
    private Dataset file(Dataset header, int unreadable) throws IOException {
        byte[] bytes = header.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST");
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String element = new String(new char[] {
            (char) (unreadable >> 16 & 0xFF),
            (char) (unreadable >>> 24),
            (char) (unreadable & 0xFF),
            (char) (unreadable >> 8 & 0xFF)
        });
        int at = text.indexOf(element);
        if (unreadable != 0) {
            assertThat(at).isPositive();
            bytes[at + 4] = 'A';
            bytes[at + 5] = 'T';
            assertThat(bytes[at + 6] % 4).as("length in fours").isZero();
        }
        return Dataset.readHeader(Files.write(folder.resolve("image.dcm"), bytes));
    }
}

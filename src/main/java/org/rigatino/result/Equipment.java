package org.rigatino.result;

import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.OwnOutput;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;

/** What every object says of the machine that made it (PS3.3 C.7.5). */
public final class Equipment {
    public static final String WARNING = "NOT FOR DIAGNOSTIC USE";
    static final String AE_TITLE = "RIGATINO";
    private static final String IN_SHORT = ", not for diagnosis";

    private Equipment() {}

    static String deviceUid(AlgorithmIdentification algorithm) {
        return Uids.nameBased("device", algorithm.digest());
    }

    static String serialNumber(AlgorithmIdentification algorithm) {
        return algorithm.digest().substring(0, 16);
    }

    /** TID 1004, Device Observer Identifying Attributes. */
    static ContentItem[] observer(AlgorithmIdentification algorithm) {
        return new ContentItem[] {
            ContentItem.code(Code.dcm("121005", "Observer Type"), Code.dcm("121007", "Device")),
            ContentItem.uidref(Code.dcm("121012", "Device Observer UID"), deviceUid(algorithm)),
            ContentItem.text(Code.dcm("121013", "Device Observer Name"), AE_TITLE),
            ContentItem.text(Code.dcm("121014", "Device Observer Manufacturer"), OwnOutput.MANUFACTURER),
            ContentItem.text(Code.dcm("121015", "Device Observer Model Name"), algorithm.name()),
            ContentItem.text(Code.dcm("121016", "Device Observer Serial Number"), serialNumber(algorithm)),
        };
    }

    /** And the time of the content, where it is recorded; else that of the source stays. */
    static void put(Dataset object, AlgorithmIdentification algorithm) {
        Dataset equipment = new Dataset()
                .putItems(
                        Tag.PurposeOfReferenceCodeSequence,
                        List.of(Code.dcm("109102", "Processing Equipment").item()))
                .put(Tag.ContributionDescription, "Restoration of the healthy image and its difference to the source")
                .put(Tag.DeviceUID, deviceUid(algorithm));
        describe(object, algorithm);
        describe(equipment, algorithm);
        algorithm.contentTime().ifPresent(time -> {
            ContentTime.put(object, time);
            equipment.put(Tag.ContributionDateTime, ContentTime.dateTime(time));
        });
        object.putItems(Tag.ContributingEquipmentSequence, List.of(equipment));
    }

    /** Enhanced General Equipment (PS3.3 C.7.5.2). */
    static void describe(Dataset described, AlgorithmIdentification algorithm) {
        described
                .put(Tag.Manufacturer, OwnOutput.MANUFACTURER)
                .put(Tag.ManufacturerModelName, algorithm.name())
                .put(Tag.DeviceSerialNumber, serialNumber(algorithm))
                .put(
                        Tag.SoftwareVersions,
                        Uids.IMPLEMENTATION_VERSION_NAME,
                        algorithm.title(AlgorithmIdentification.LONGEST));
    }

    /**
     * Kind, model, warning: thumbnails show the first twenty characters or so. At most 64 characters (PS3.5 6.2, LO); of a
     * title that is too long the last words are left out, whole, so that neither kind nor warning is ever cut.
     *
     * @param kind {@link ObjectKind#heading}
     */
    static String seriesDescription(AlgorithmIdentification algorithm, String kind) {
        String title = " " + algorithm.title();
        while (kind.length() + title.length() + IN_SHORT.length() > AlgorithmIdentification.LONGEST) {
            title = title.substring(0, Math.max(title.lastIndexOf(' '), title.lastIndexOf('-')));
        }
        return kind + title + IN_SHORT;
    }
}

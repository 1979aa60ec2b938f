package org.rigatino.result;

import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;

/** What every object says of the machine that made it (PS3.3 C.7.5). */
public final class Equipment {
    public static final String WARNING = "NOT FOR DIAGNOSTIC USE";
    static final String AE_TITLE = "RIGATINO";
    static final String MANUFACTURER = "Rigatino";

    private Equipment() {}

    static String deviceUid(AlgorithmIdentification algorithm) {
        return Uids.nameBased("device", algorithm.digest());
    }

    static String serialNumber(AlgorithmIdentification algorithm) {
        return algorithm.digest().substring(0, 16);
    }

    static void put(Dataset object, AlgorithmIdentification algorithm) {
        Dataset equipment = new Dataset()
                .putItems(
                        Tag.PurposeOfReferenceCodeSequence,
                        List.of(Code.dcm("109102", "Processing Equipment").item()))
                .put(Tag.ContributionDescription, "Restoration of the healthy image and its difference to the source")
                .put(Tag.DeviceUID, deviceUid(algorithm));
        for (Dataset described : List.of(object, equipment)) {
            described
                    .put(Tag.Manufacturer, MANUFACTURER)
                    .put(Tag.ManufacturerModelName, algorithm.name())
                    .put(Tag.DeviceSerialNumber, serialNumber(algorithm))
                    .put(Tag.SoftwareVersions, Uids.IMPLEMENTATION_VERSION_NAME, algorithm.title());
        }
        object.putItems(Tag.ContributingEquipmentSequence, List.of(equipment));
    }

    /**
     * At most 64 characters (PS3.5 6.2, LO); the warning is never what is cut.
     *
     * @param what tells the series from others of the same model; may be empty
     */
    static String seriesDescription(AlgorithmIdentification algorithm, String what) {
        String title = ("Rigatino " + algorithm.title() + " " + what).strip();
        int room = 64 - 1 - WARNING.length();
        return title.substring(0, Math.min(room, title.length())).strip() + " " + WARNING;
    }
}

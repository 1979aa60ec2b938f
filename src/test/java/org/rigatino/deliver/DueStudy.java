package org.rigatino.deliver;

import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.SopClass;
import org.rigatino.dicom.Tag;

/** A study that is DELIVERING, with an object that is essential (2.25.101) and one that is not (2.25.102). */
final class DueStudy {
    static final String CAPTURE = SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE;
    static final String SEGMENTATION = SopClass.SEGMENTATION_STORAGE;

    private final DeliveryDatabase database;
    private final OutputStore outputs;

    DueStudy(DeliveryDatabase database, DeliverConfiguration configuration) {
        this.database = database;
        this.outputs = new OutputStore(configuration);
    }

    void insert(boolean capture, boolean segmentation) throws Exception {
        database.execute("insert into study (id, study_instance_uid, revision, state, first_received_at,"
                + " last_received_at, restored_at) overriding system value"
                + " values (1, '2.25.1', 1, 'DELIVERING', now(), now(), now())");
        if (capture) {
            delivery(1, CAPTURE, "SECONDARY_CAPTURE", true);
        }
        if (segmentation) {
            delivery(2, SEGMENTATION, "SEGMENTATION", false);
        }
    }

    private void delivery(int id, String sopClassUid, String kind, boolean essential) throws Exception {
        Dataset object = PixelFiles.header(4, 4)
                .put(Tag.SOPClassUID, sopClassUid)
                .put(Tag.SOPInstanceUID, "2.25.10" + id)
                .putPixels(new short[16]);
        OutputStore.Stored stored = outputs.store("2.25.10" + id, object.encode("1.2.840.10008.1.2.1", "TEST"));
        database.execute(String.format(
                "insert into output (id, study_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid, location,"
                        + " sha256, bytes, created_at) values (%d, 1, '%s', '2.25.10%d', '%s', '2.25.3', '%s', '%s', %d,"
                        + " now())",
                id, kind, id, sopClassUid, stored.location(), stored.sha256(), stored.bytes()));
        database.execute(String.format(
                "insert into delivery (id, output_id, study_id, destination, state, essential, next_attempt_at)"
                        + " values (%d, %d, 1, 'pacs', 'PENDING', %s, now())",
                id, id, essential));
    }
}

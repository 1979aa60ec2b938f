package org.rigatino.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A deflated dataset (PS3.5 A.5) as it was before; a few bytes may become gigabytes, so the limit holds for it. */
final class InflatedDataset extends InflaterInputStream {
    private final long limit;
    private long length;

    InflatedDataset(InputStream deflated, ReadLimits limits) {
        super(deflated, new Inflater(true), 1 << 16);
        this.limit = limits.inflatedLength();
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int read = super.read(bytes, offset, count);
        length += Math.max(0, read);
        if (length > limit) {
            throw new DicomException("deflated dataset that becomes more than " + limit
                    + " bytes (rigatino.dicom.limits.inflated-length)");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        inf.end();
        super.close();
    }
}

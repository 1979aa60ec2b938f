package org.rigatino.dicom;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/** A PS3.10 file (PS3.10 chapter 7) read up to an element, with what follows it still to be read. */
final class DatasetFile implements Closeable {
    private final PositionedInputStream in;
    private final InputStream body;
    private final Dataset header;
    private final String transferSyntaxUid;
    private final int stoppedAt;

    private DatasetFile(
            PositionedInputStream in, InputStream body, Dataset header, String transferSyntaxUid, int stoppedAt) {
        this.in = in;
        this.body = body;
        this.header = header;
        this.transferSyntaxUid = transferSyntaxUid;
        this.stoppedAt = stoppedAt;
    }

    /** @param stopTag the first top-level element that is not read; compared unsigned */
    static DatasetFile open(Path file, int stopTag, ReadLimits limits) throws DicomException {
        return open(file, stopTag, limits, Set.of());
    }

    /** @param wanted attributes that are kept, as {@link DatasetReader} has it */
    static DatasetFile open(Path file, int stopTag, ReadLimits limits, Set<Integer> wanted) throws DicomException {
        PositionedInputStream in = null;
        try {
            in = new PositionedInputStream(new BufferedInputStream(new StoredFile(file), 1 << 16));
            return open(in, stopTag, limits, wanted);
        } catch (NoSuchFileException e) {
            throw new DicomException("there is no file " + file.getFileName(), e);
        } catch (UnavailableFileException e) {
            close(in, e);
            throw e;
        } catch (IOException | RuntimeException e) {
            close(in, e);
            throw new DicomException("cannot read " + file.getFileName() + " as a DICOM file: " + e.getMessage(), e);
        }
    }

    private static DatasetFile open(PositionedInputStream in, int stopTag, ReadLimits limits, Set<Integer> wanted)
            throws IOException {
        FileMeta.readPrefix(in);
        Dataset header = new Dataset(FileMeta.readElements(in));
        String syntax = header.require(Tag.TransferSyntaxUID);
        InputStream body =
                syntax.equals(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN) ? new InflatedDataset(in, limits) : in;
        DatasetReader reader = new DatasetReader(body, syntax, stopTag, limits, wanted);
        header.attributes().putAll(reader.read());
        header.memory(reader.memory());
        return new DatasetFile(in, body, header, syntax, reader.stoppedAt());
    }

    /** Tells what the file system does not give from what the bytes do not mean. */
    private static final class StoredFile extends FilterInputStream {
        private final Path file;

        StoredFile(Path file) throws IOException {
            super(opened(file));
            this.file = file;
        }

        private static InputStream opened(Path file) throws IOException {
            try {
                return Files.newInputStream(file);
            } catch (NoSuchFileException e) {
                throw e;
            } catch (IOException e) {
                throw new UnavailableFileException(file, e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (IOException e) {
                throw new UnavailableFileException(file, e);
            }
        }

        @Override
        public long skip(long length) throws IOException {
            try {
                return super.skip(length);
            } catch (IOException e) {
                throw new UnavailableFileException(file, e);
            }
        }
    }

    private static void close(InputStream in, Exception cause) {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** File Meta Information and every attribute before the element. */
    Dataset header() {
        return header;
    }

    String transferSyntaxUid() {
        return transferSyntaxUid;
    }

    /** The tag that reading ended at, itself read; 0 where the dataset ended first. */
    int stoppedAt() {
        return stoppedAt;
    }

    boolean isDeflated() {
        return body != in;
    }

    /** Where in the file what follows that tag begins; means nothing where the dataset is deflated. */
    long position() {
        return in.position();
    }

    /** What follows that tag, not deflated any more. */
    InputStream rest() {
        return body;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}

package org.rigatino.dicom;

/** What a dataset has used of its {@link ReadLimits}: values in bytes, attributes and items. Not for several threads. */
final class HeaderBudget {
    /** An attribute takes a hundred bytes of memory and more, and eight of a file. */
    private static final int BYTES_OF_ELEMENT = 200;

    private final ReadLimits limits;
    private long bytes;
    private int elements;

    HeaderBudget(ReadLimits limits) {
        this.limits = limits;
    }

    ReadLimits limits() {
        return limits;
    }

    /** Counts an attribute or item, kept or passed over. */
    void count() throws HeaderLimitException {
        if (++elements > limits.elements()) {
            throw new HeaderLimitException("dataset of more than " + limits.elements() + " attributes and items");
        }
    }

    /** Counts the bytes of a value. */
    void add(long length) throws HeaderLimitException {
        bytes += length;
        if (bytes > limits.headerLength()) {
            throw new HeaderLimitException("header of more than " + limits.headerLength() + " bytes");
        }
    }

    /** For reading again, as items, a value of this length that has been counted. */
    HeaderBudget without(int length) {
        HeaderBudget within = new HeaderBudget(limits);
        within.bytes = bytes - length;
        within.elements = elements;
        return within;
    }

    /** Takes over the elements that such reading has counted; its bytes have been counted before. */
    void countedBy(HeaderBudget within) {
        elements = within.elements;
    }

    /** Bytes of memory that what was kept takes, about. */
    long memory() {
        return bytes + (long) elements * BYTES_OF_ELEMENT;
    }
}

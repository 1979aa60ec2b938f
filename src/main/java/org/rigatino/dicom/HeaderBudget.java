package org.rigatino.dicom;

/** What a dataset has used of its {@link ReadLimits}: values in bytes, attributes, items and values. Not for several threads. */
final class HeaderBudget {
    /** An attribute takes a hundred bytes of memory and more, and eight of a file. */
    private static final int BYTES_OF_ELEMENT = 200;

    /** Of an attribute with several, each is an object that takes half of what an attribute does. */
    private static final int VALUES_OF_ELEMENT = 2;

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
        count(1);
    }

    /** Counts the values of one attribute that is kept. */
    void values(int count) throws HeaderLimitException {
        count(count / VALUES_OF_ELEMENT);
    }

    private void count(int further) throws HeaderLimitException {
        elements += further;
        if (elements > limits.elements()) {
            throw new HeaderLimitException("dataset of more than " + limits.elements() + " attributes and items, "
                    + VALUES_OF_ELEMENT + " values of an attribute counted as one");
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

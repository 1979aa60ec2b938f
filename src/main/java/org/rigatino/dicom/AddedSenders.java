package org.rigatino.dicom;

import java.net.InetAddress;

/**
 * Who may send besides those that the rules of a {@link DicomListener} list. Asked by many threads, and only where a list
 * is there and does not have the caller: no answer opens what the rules leave open to nobody, or closes anything.
 */
public interface AddedSenders {
    AddedSenders NONE = new AddedSenders() {
        @Override
        public boolean hasTitle(String callingAeTitle) {
            return false;
        }

        @Override
        public boolean hasAddress(InetAddress peer) {
            return false;
        }
    };

    /** Whether it is one more of the Calling AE Titles that are served. */
    boolean hasTitle(String callingAeTitle);

    /** Whether it is one more of the addresses that are served. */
    boolean hasAddress(InetAddress peer);
}

package org.rigatino.hl7.listen;

/** What a message is answered with. */
interface MessageHandler {
    /**
     * Any thread.
     *
     * @param whole whether all of it is there; else it was too long
     * @param address of the peer
     */
    byte[] answer(byte[] message, boolean whole, String address);
}

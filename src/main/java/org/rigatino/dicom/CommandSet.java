package org.rigatino.dicom;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The command set of a DIMSE message (PS3.7 6.3.1 and annex E): group 0000, Implicit VR Little Endian. */
final class CommandSet {
    static final int AFFECTED_SOP_CLASS_UID = 0x0002;
    static final int REQUESTED_SOP_CLASS_UID = 0x0003;
    static final int COMMAND_FIELD = 0x0100;
    static final int MESSAGE_ID = 0x0110;
    static final int MESSAGE_ID_BEING_RESPONDED_TO = 0x0120;
    static final int MOVE_DESTINATION = 0x0600;
    static final int PRIORITY = 0x0700;
    static final int DATA_SET_TYPE = 0x0800;
    static final int STATUS = 0x0900;
    static final int ERROR_COMMENT = 0x0902;
    static final int ERROR_ID = 0x0903;
    static final int AFFECTED_SOP_INSTANCE_UID = 0x1000;
    static final int REQUESTED_SOP_INSTANCE_UID = 0x1001;
    static final int EVENT_TYPE_ID = 0x1002;
    static final int ATTRIBUTE_IDENTIFIER_LIST = 0x1005;
    static final int ACTION_TYPE_ID = 0x1008;
    static final int NUMBER_OF_REMAINING_SUB_OPERATIONS = 0x1020;
    static final int NUMBER_OF_COMPLETED_SUB_OPERATIONS = 0x1021;
    static final int NUMBER_OF_FAILED_SUB_OPERATIONS = 0x1022;
    static final int NUMBER_OF_WARNING_SUB_OPERATIONS = 0x1023;

    static final int C_STORE_RQ = 0x0001;
    static final int C_FIND_RQ = 0x0020;
    static final int C_MOVE_RQ = 0x0021;
    static final int C_ECHO_RQ = 0x0030;
    static final int N_EVENT_REPORT_RQ = 0x0100;
    static final int N_SET_RQ = 0x0120;
    static final int N_ACTION_RQ = 0x0130;
    static final int N_CREATE_RQ = 0x0140;
    static final int C_CANCEL_RQ = 0x0FFF;
    static final int RESPONSE = 0x8000;

    private static final int GROUP_LENGTH = 0x0000;
    private static final int NO_DATA_SET = 0x0101;
    private static final int DATA_SET = 0x0001;

    private final Map<Integer, byte[]> elements = new TreeMap<>();

    static CommandSet request(int commandField, int messageId, boolean hasDataset) {
        return new CommandSet()
                .put(COMMAND_FIELD, commandField)
                .put(MESSAGE_ID, messageId)
                .put(DATA_SET_TYPE, hasDataset ? DATA_SET : NO_DATA_SET);
    }

    /** C-CANCEL of a C-FIND or C-MOVE (PS3.7 9.3.2.3, 9.3.4.3). */
    CommandSet cancel() {
        return new CommandSet()
                .put(COMMAND_FIELD, C_CANCEL_RQ)
                .put(MESSAGE_ID_BEING_RESPONDED_TO, integer(MESSAGE_ID))
                .put(DATA_SET_TYPE, NO_DATA_SET);
    }

    /** Whether it responds to that request: same operation, same message. */
    boolean respondsTo(CommandSet request) {
        return integer(COMMAND_FIELD) == (request.integer(COMMAND_FIELD) | RESPONSE)
                && integer(MESSAGE_ID_BEING_RESPONDED_TO) == request.integer(MESSAGE_ID);
    }

    /** Affected SOP Class and Instance UID are the request's. */
    CommandSet response(int status) {
        CommandSet response = new CommandSet()
                .put(COMMAND_FIELD, integer(COMMAND_FIELD) | RESPONSE)
                .put(MESSAGE_ID_BEING_RESPONDED_TO, integer(MESSAGE_ID))
                .put(DATA_SET_TYPE, NO_DATA_SET)
                .put(STATUS, status);
        for (int element : new int[] {AFFECTED_SOP_CLASS_UID, AFFECTED_SOP_INSTANCE_UID, EVENT_TYPE_ID}) {
            if (elements.containsKey(element)) {
                response.elements.put(element, elements.get(element));
            }
        }
        return response;
    }

    static CommandSet decode(byte[] bytes) throws AssociationException {
        CommandSet set = new CommandSet();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (in.hasRemaining()) {
                int group = in.getShort();
                int element = in.getShort() & 0xffff;
                int length = in.getInt();
                if (group != 0 || length < 0 || length > in.remaining()) {
                    throw new AssociationException("malformed command set");
                }
                byte[] value = new byte[length];
                in.get(value);
                if (element != GROUP_LENGTH) {
                    set.elements.put(element, value);
                }
            }
        } catch (BufferUnderflowException e) {
            throw new AssociationException("command set ends within an element", e);
        }
        return set;
    }

    byte[] encode() {
        int length = elements.values().stream().mapToInt(v -> 8 + v.length).sum();
        ByteBuffer out = ByteBuffer.allocate(12 + length).order(ByteOrder.LITTLE_ENDIAN);
        out.putShort((short) 0).putShort((short) GROUP_LENGTH).putInt(4).putInt(length);
        elements.forEach((element, value) -> out.putShort((short) 0)
                .putShort(element.shortValue())
                .putInt(value.length)
                .put(value));
        return out.array();
    }

    /** A US value. */
    CommandSet put(int element, int value) {
        elements.put(
                element,
                ByteBuffer.allocate(2)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) value)
                        .array());
        return this;
    }

    /** A UI value. */
    CommandSet put(int element, String uid) {
        String padded = uid.length() % 2 == 0 ? uid : uid + '\0';
        elements.put(element, padded.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** An AT value. */
    CommandSet putTag(int element, int tag) {
        elements.put(
                element,
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) (tag >>> 16))
                        .putShort((short) tag)
                        .array());
        return this;
    }

    /** An AE or LO value. */
    CommandSet putTitle(int element, String title) {
        String padded = title.length() % 2 == 0 ? title : title + ' ';
        elements.put(element, padded.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    boolean contains(int element) {
        return elements.containsKey(element);
    }

    int integer(int element) {
        byte[] value = elements.get(element);
        return value == null || value.length < 2 ? 0 : (value[0] & 0xff) | (value[1] & 0xff) << 8;
    }

    /** Empty where absent. */
    String uid(int element) {
        byte[] value = elements.get(element);
        return value == null
                ? ""
                : new String(value, StandardCharsets.ISO_8859_1)
                        .replace('\0', ' ')
                        .strip();
    }

    /** Whether there is a US value of Status. */
    boolean hasStatus() {
        return elements.containsKey(STATUS) && elements.get(STATUS).length >= 2;
    }

    boolean hasDataset() {
        return integer(DATA_SET_TYPE) != NO_DATA_SET;
    }

    boolean isResponse() {
        return (integer(COMMAND_FIELD) & RESPONSE) != 0;
    }
}

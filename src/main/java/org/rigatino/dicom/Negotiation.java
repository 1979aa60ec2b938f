package org.rigatino.dicom;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of an A-ASSOCIATE-RQ or A-ASSOCIATE-AC PDU (PS3.8 9.3.2 and 9.3.3, PS3.7 D.3.3).
 *
 * @param maxLength the longest P-DATA-TF body that its sender takes; 0 for no limit
 */
record Negotiation(
        int protocolVersion,
        String calledAeTitle,
        String callingAeTitle,
        String applicationContext,
        List<PresentationContext> contexts,
        List<RoleSelection> roles,
        int maxLength) {
    static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

    private static final int APPLICATION_CONTEXT_ITEM = 0x10;
    private static final int PROPOSED_CONTEXT_ITEM = 0x20;
    private static final int ANSWERED_CONTEXT_ITEM = 0x21;
    private static final int ABSTRACT_SYNTAX_ITEM = 0x30;
    private static final int TRANSFER_SYNTAX_ITEM = 0x40;
    private static final int USER_INFORMATION_ITEM = 0x50;
    private static final int MAX_LENGTH_ITEM = 0x51;
    private static final int IMPLEMENTATION_CLASS_UID_ITEM = 0x52;
    private static final int ROLE_SELECTION_ITEM = 0x54;
    private static final int IMPLEMENTATION_VERSION_NAME_ITEM = 0x55;
    private static final int RESERVED_AFTER_TITLES = 32;

    Negotiation {
        contexts = List.copyOf(contexts);
        roles = List.copyOf(roles);
    }

    /** Ours. */
    Negotiation(String called, String calling, List<PresentationContext> contexts, List<RoleSelection> roles) {
        this(1, called, calling, APPLICATION_CONTEXT, contexts, roles, Pdu.MAX_DATA_LENGTH);
    }

    static Negotiation decode(byte[] body) throws AssociationException {
        try {
            ByteBuffer in = ByteBuffer.wrap(body);
            int version = in.getShort();
            in.getShort();
            String called = text(in, 16);
            String calling = text(in, 16);
            in.position(in.position() + RESERVED_AFTER_TITLES);
            return new Items().readAll(in).negotiation(version, called, calling);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new AssociationException("malformed association negotiation", e);
        }
    }

    Pdu encode(int type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(protocolVersion);
            out.writeShort(0);
            out.writeBytes(String.format("%-16s%-16s", calledAeTitle, callingAeTitle));
            out.write(new byte[RESERVED_AFTER_TITLES]);
            item(out, APPLICATION_CONTEXT_ITEM, ascii(applicationContext));
            for (PresentationContext context : contexts) {
                boolean proposal = type == Pdu.ASSOCIATE_RQ;
                item(out, proposal ? PROPOSED_CONTEXT_ITEM : ANSWERED_CONTEXT_ITEM, content(context, proposal));
            }
            item(out, USER_INFORMATION_ITEM, userInformation());
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be written", e);
        }
        return new Pdu(type, bytes.toByteArray());
    }

    private static byte[] content(PresentationContext context, boolean proposal) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) context.id(), 0, (byte) context.result(), 0});
        if (proposal) {
            item(out, ABSTRACT_SYNTAX_ITEM, ascii(context.abstractSyntax()));
        }
        for (String transferSyntax : context.transferSyntaxes()) {
            item(out, TRANSFER_SYNTAX_ITEM, ascii(transferSyntax));
        }
        return bytes.toByteArray();
    }

    private byte[] userInformation() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        item(out, MAX_LENGTH_ITEM, ByteBuffer.allocate(4).putInt(maxLength).array());
        item(out, IMPLEMENTATION_CLASS_UID_ITEM, ascii(Uids.IMPLEMENTATION_CLASS_UID));
        for (RoleSelection role : roles) {
            byte[] uid = ascii(role.sopClassUid());
            item(
                    out,
                    ROLE_SELECTION_ITEM,
                    ByteBuffer.allocate(4 + uid.length)
                            .putShort((short) uid.length)
                            .put(uid)
                            .put((byte) (role.scu() ? 1 : 0))
                            .put((byte) (role.scp() ? 1 : 0))
                            .array());
        }
        item(out, IMPLEMENTATION_VERSION_NAME_ITEM, ascii(Uids.IMPLEMENTATION_VERSION_NAME));
        return bytes.toByteArray();
    }

    private static void item(DataOutputStream out, int type, byte[] content) throws IOException {
        out.writeByte(type);
        out.writeByte(0);
        out.writeShort(content.length);
        out.write(content);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Without the trailing NUL or spaces that some peers pad UIDs and titles with. */
    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    }

    /** What the items of a PDU say; unknown items are skipped (PS3.8 9.3.1). */
    private static final class Items {
        private String applicationContext = "";
        private final List<PresentationContext> contexts = new ArrayList<>();
        private final List<RoleSelection> roles = new ArrayList<>();
        private int maxLength;

        Items readAll(ByteBuffer in) {
            while (in.hasRemaining()) {
                int type = in.get();
                ByteBuffer content = content(in);
                switch (type) {
                    case APPLICATION_CONTEXT_ITEM -> applicationContext = text(content, content.remaining());
                    case PROPOSED_CONTEXT_ITEM, ANSWERED_CONTEXT_ITEM -> contexts.add(context(content));
                    case USER_INFORMATION_ITEM -> readUserInformation(content);
                    default -> {}
                }
            }
            return this;
        }

        private void readUserInformation(ByteBuffer in) {
            while (in.hasRemaining()) {
                int type = in.get();
                ByteBuffer content = content(in);
                switch (type) {
                    case MAX_LENGTH_ITEM -> maxLength = content.getInt();
                    case ROLE_SELECTION_ITEM -> roles.add(role(content));
                    default -> {}
                }
            }
        }

        /** Takes reserved byte, length and content. */
        private static ByteBuffer content(ByteBuffer in) {
            in.get();
            int length = in.getShort() & 0xffff;
            ByteBuffer content = in.slice(in.position(), length);
            in.position(in.position() + length);
            return content;
        }

        private static RoleSelection role(ByteBuffer content) {
            String uid = text(content, content.getShort() & 0xffff);
            return new RoleSelection(uid, content.get() == 1, content.get() == 1);
        }

        private static PresentationContext context(ByteBuffer content) {
            int id = content.get() & 0xff;
            content.get();
            int result = content.get();
            content.get();
            String abstractSyntax = "";
            List<String> transferSyntaxes = new ArrayList<>();
            while (content.hasRemaining()) {
                int type = content.get();
                ByteBuffer item = content(content);
                String uid = text(item, item.remaining());
                if (type == ABSTRACT_SYNTAX_ITEM) {
                    abstractSyntax = uid;
                } else if (type == TRANSFER_SYNTAX_ITEM) {
                    transferSyntaxes.add(uid);
                }
            }
            return new PresentationContext(id, result, abstractSyntax, transferSyntaxes);
        }

        Negotiation negotiation(int version, String called, String calling) {
            return new Negotiation(version, called, calling, applicationContext, contexts, roles, maxLength);
        }
    }
}

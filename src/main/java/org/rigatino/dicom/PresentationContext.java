package org.rigatino.dicom;

import java.util.List;

/**
 * A presentation context as proposed (PS3.8 9.3.2.2) or answered (9.3.3.2).
 *
 * @param id odd, 1 to 255
 * @param result 0 accepted, 3 abstract syntax not supported, 4 transfer syntaxes not supported; 0 in a proposal
 * @param abstractSyntax SOP class UID; empty in an answer
 * @param transferSyntaxes one in an answer
 */
record PresentationContext(int id, int result, String abstractSyntax, List<String> transferSyntaxes) {
    static final int ACCEPTANCE = 0;
    static final int ABSTRACT_SYNTAX_NOT_SUPPORTED = 3;
    static final int TRANSFER_SYNTAXES_NOT_SUPPORTED = 4;

    PresentationContext {
        transferSyntaxes = List.copyOf(transferSyntaxes);
    }

    /** A proposal for messages other than C-STORE. */
    static PresentationContext plain(int id, String abstractSyntax) {
        return new PresentationContext(
                id,
                ACCEPTANCE,
                abstractSyntax,
                List.of(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN));
    }

    /** The accepted transfer syntax. */
    String transferSyntax() {
        return transferSyntaxes.get(0);
    }

    PresentationContext answer(int result, String transferSyntax) {
        return new PresentationContext(id, result, abstractSyntax, List.of(transferSyntax));
    }
}

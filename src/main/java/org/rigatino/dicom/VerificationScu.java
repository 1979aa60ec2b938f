package org.rigatino.dicom;

import java.io.IOException;
import java.util.List;

/** Verification Service Class user (PS3.4 annex A). */
public final class VerificationScu {
    private VerificationScu() {}

    /** Returns where the peer answered C-ECHO with 0000H. */
    public static void echo(RemoteNode node) throws DicomException {
        List<PresentationContext> proposals = List.of(PresentationContext.plain(1, SopClass.VERIFICATION));
        try (Association association = AssociationRequestor.request(node, proposals, List.of())) {
            PresentationContext context = association.require(SopClass.VERIFICATION);
            CommandSet request = association
                    .request(CommandSet.C_ECHO_RQ, false)
                    .put(CommandSet.AFFECTED_SOP_CLASS_UID, SopClass.VERIFICATION);
            association.send(context, request);
            int status = association.receiveResponse(request).command().integer(CommandSet.STATUS);
            association.releaseAtEnd();
            if (status != 0) {
                throw new DicomException(node + " answered C-ECHO with " + new StoreStatus(status));
            }
        } catch (IOException e) {
            throw DicomException.of("C-ECHO to " + node, e);
        }
    }
}

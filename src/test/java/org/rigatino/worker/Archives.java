package org.rigatino.worker;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import org.rigatino.dicom.DicomListener;
import org.rigatino.dicom.ListenerRules;
import org.rigatino.dicom.OperationStatus;
import org.rigatino.dicom.StoreHandler;
import org.rigatino.proof.demo.Orthanc;

/** Archives of a kind that no program at hand can be made to be. */
public final class Archives {
    private Archives() {}

    /** Takes associations and answers C-STORE as it is told; refuses commitment requests and accepts no C-FIND. */
    public static DicomListener answering(int port, StoreHandler stores) throws IOException {
        return DicomListener.start(
                new ListenerRules(
                        InetAddress.getLoopbackAddress(),
                        port,
                        Orthanc.AE_TITLE,
                        Set.of(),
                        Set.of(),
                        10,
                        Duration.ofMinutes(2)),
                stores,
                (caller, report) -> {},
                (caller, told) -> {},
                (operation, caller, uid, step) -> OperationStatus.SUCCESS);
    }
}

package org.rigatino.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.rigatino.access.UserRole;
import org.rigatino.dicom.Tool;

/** A worker to which HL7 senders may report, with a machine for each role. */
public final class ReportedWorker extends RunningWorker {
    static String token(String role) {
        return "token of a machine in these tests: " + role;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("rigatino.hl7.listen.sending-applications", "RIS,TRIAL,HIS");
        settings.put("rigatino.hl7.listen.patient-updates", "true");
        try {
            settings.put("rigatino.hl7.listen.port", Integer.toString(Tool.freePort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("rigatino.ingest.calling-ae-titles", "TEST");
        for (String role : UserRole.ALL) {
            settings.put("rigatino.access.machines." + role + "-program.token", token(role));
            settings.put("rigatino.access.machines." + role + "-program.roles", role);
        }
        return settings;
    }
}

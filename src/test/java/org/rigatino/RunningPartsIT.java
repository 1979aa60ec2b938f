package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What a listener takes in, tells and deletes, on one application. Each class can be run alone. */
@Suite
@SelectClasses(
        names = {
            "org.rigatino.audit.syslog.SyslogIT",
            "org.rigatino.dicomweb.StowIT",
            "org.rigatino.dicomweb.StudyEventsIT",
            "org.rigatino.ingest.CompletionIT",
            "org.rigatino.ingest.ReceptionIT",
            "org.rigatino.ingest.StudyAssemblerIT",
            "org.rigatino.retention.RetentionIT"
        })
class RunningPartsIT {}

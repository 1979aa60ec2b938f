package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What an application without a worker shows, and to whom. Each class can be run alone. */
@Suite
@SelectClasses(
        names = {
            "org.rigatino.access.BrowserRulesIT",
            "org.rigatino.access.EndpointRolesIT",
            "org.rigatino.access.HostileRequestsIT",
            "org.rigatino.access.UserActsIT",
            "org.rigatino.triage.WorklistIT"
        })
class SecuredPartsIT {}

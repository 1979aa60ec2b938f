package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Pages of those who keep the installation, its releases and its record, on one application. Each class can be run alone. */
@Suite
@SelectClasses(
        names = {
            "org.rigatino.page.AdministrationPageIT",
            "org.rigatino.page.AuditPageIT",
            "org.rigatino.page.ModelPageIT",
            "org.rigatino.page.RulesPageIT",
            "org.rigatino.page.UserPageIT"
        })
class KeeperPagesIT {}

package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** A class of its own application, which begins with the suites: it waits for long, and others work meanwhile. */
@Suite
@SelectClasses(names = {"org.rigatino.worker.OutcomesIT"})
class ImpatientWorkerIT {}

package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** What is received, sent and served over TLS, on one application. Each class can be run alone. */
@Suite
@SelectClasses(names = {"org.rigatino.ingest.TlsServeIT", "org.rigatino.worker.TlsDeliveryIT"})
class TlsIT {}

package org.rigatino;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/**
 * Classes that wait for processes of the packaged jar for most of their time, on no application: they begin first and run
 * one after the other, so that what computes runs beside them. Each class can be run alone.
 */
@Suite
@SelectClasses(
        names = {
            "org.rigatino.proof.bench.BacklogIT",
            "org.rigatino.proof.bench.BackPressureIT",
            "org.rigatino.proof.bench.BenchIT",
            "org.rigatino.proof.demo.InterruptionIT",
            "org.rigatino.proof.soak.SoakIT"
        })
class BesideOthersIT {}

/** How quick the networks are beside what the engine can do: benchmarks, run by hand. */
package org.rigatino.proof.bench;

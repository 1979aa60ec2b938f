package org.rigatino.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.rigatino.dicom.SameInstance;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.ingest.InstanceStatements.Version;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.patient.PatientValues;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Study;

/**
 * What becomes of other bytes under a known SOP Instance UID. The same instance in another transfer syntax, which is the
 * usual life of an archive, is recognised and not kept again. Everything else is kept beside the version that is in force
 * and put on record, and is in no output until a person says so. Safe for use by several threads.
 */
final class OtherVersions implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OtherVersions.class);

    /** Decoding is bounded by what two at a time may take, however many associations there are. */
    private static final int COMPARISONS = 2;

    private final InstanceStore store;
    private final InstanceRecord record;
    private final IngestConfiguration configuration;
    private final ExecutorService comparisons = Executors.newFixedThreadPool(COMPARISONS, task -> {
        Thread thread = new Thread(task, "ingest-compare");
        thread.setDaemon(true);
        return thread;
    });

    OtherVersions(InstanceStore store, InstanceRecord record, IngestConfiguration configuration) {
        this.store = store;
        this.record = record;
        this.configuration = configuration;
    }

    /**
     * @param arrival its file has its name and no row
     * @return 0000H, or the warning B000H: stored, and not what is worked on
     * @throws IOException where nobody can tell which, since the file system does not give one of the files
     */
    StoreStatus settle(Arrival arrival, Version inForce) throws IOException {
        Path there = store.resolve(inForce.location());
        Path came = store.resolve(arrival.location());
        Optional<String> anotherPatient = anotherPatient(there, came, inForce);
        Optional<String> difference =
                anotherPatient.isPresent() ? anotherPatient : difference(arrival, inForce, there, came);
        if (difference.isEmpty()) {
            record.recognised(arrival, inForce);
            return StoreStatus.SUCCESS;
        }
        String detail = StoreStatus.COERCION + " to " + arrival.request().callingAeTitle()
                + ": other bytes of an instance that is there are kept beside it and not worked on, since "
                + difference.get() + "; sha256 " + arrival.sha256();
        LOG.warnf("instance %s: %s", arrival.sopUid(), detail);
        record.setAside(
                arrival, inForce, anotherPatient.isPresent() ? PatientIdentity.RULE : Instance.OTHER_CONTENT, detail);
        return StoreStatus.COERCION;
    }

    /** Of our own outputs an archive may correct the patient: they say nothing of the study's. */
    private Optional<String> anotherPatient(Path there, Path came, Version inForce) throws UnavailableFileException {
        Optional<PatientValues> values = PatientValues.read(came);
        if (inForce.outcome() == Instance.Outcome.OWN_OUTPUT || values.isEmpty()) {
            return Optional.empty();
        }
        Optional<PatientValues> known = PatientValues.read(there);
        if (known.isPresent()) {
            return known.get()
                    .differenceFrom(values.get(), configuration.unknownPatientValues())
                    .map(attribute -> "they differ in " + attribute);
        }
        boolean another = inForce.patient() != null
                && !inForce.patient().equals(Study.MIXED)
                && !values.get()
                        .names(inForce.studyUid(), configuration.unknownPatientValues())
                        .contains(inForce.patient());
        return another ? Optional.of("they differ in an attribute of the patient") : Optional.empty();
    }

    private Optional<String> difference(Arrival arrival, Version inForce, Path there, Path came)
            throws UnavailableFileException {
        if (!arrival.studyUid().equals(inForce.studyUid())) {
            return Optional.of("they are of study " + arrival.studyUid() + " now, which gets nothing of this instance");
        }
        Future<Optional<String>> comparison = comparisons.submit(() -> SameInstance.difference(there, came));
        try {
            return comparison.get(configuration.compareLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of("they were not compared within rigatino.ingest.compare-limit");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableFileException unavailable) {
                throw unavailable;
            }
            return Optional.of("they cannot be compared: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("their comparison was interrupted");
        } finally {
            comparison.cancel(true);
        }
    }

    @Override
    public void close() {
        comparisons.shutdownNow();
    }
}

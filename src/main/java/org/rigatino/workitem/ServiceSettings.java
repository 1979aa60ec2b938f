package org.rigatino.workitem;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rigatino.deliver.DicomwebServices;
import org.rigatino.dicom.AeTitle;

/** What a service is asked for, and which of its workitems are ours. */
record ServiceSettings(
        WorkitemConfiguration.Service service,
        List<Code> procedures,
        List<Code> stations,
        List<Code> performers,
        Code performedStation) {
    static final String PREFIX = "rigatino.workitem.services.";

    /** @throws ConfigurationException that names the property */
    static ServiceSettings of(String name, WorkitemConfiguration.Service service, Set<String> sources) {
        String setting = PREFIX + name;
        try {
            DicomwebServices.check(setting, service.url(), service, service.tls());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
        service.source().filter(source -> !sources.contains(source)).ifPresent(source -> {
            throw new ConfigurationException(setting + ".source: " + source + " is not in rigatino.ingest.sources");
        });
        service.subscriber().filter(title -> !AeTitle.isValid(title)).ifPresent(title -> {
            throw new ConfigurationException(setting + ".subscriber: \"" + title
                    + "\" is not an AE title: 1 to 16 printable ASCII characters without backslash");
        });
        if (service.every().isNegative() || service.every().isZero()) {
            throw new ConfigurationException(setting + ".every has to be longer than nothing");
        }
        return new ServiceSettings(
                service,
                codes(setting + ".procedures", service.procedures()),
                codes(setting + ".stations", service.stations().orElse(Set.of())),
                codes(setting + ".performers", service.performers().orElse(Set.of())),
                codes(setting + ".performed-station", Set.of(service.performedStation()))
                        .get(0));
    }

    private static List<Code> codes(String setting, Set<String> texts) {
        try {
            return texts.stream().sorted().map(Code::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(setting + ": " + e.getMessage(), e);
        }
    }

    /** Keys of each search (PS3.4 CC.2.8.1.3), which together find every workitem that may be ours. */
    List<Map<String, String>> searches() {
        List<Map<String, String>> searches = new ArrayList<>();
        for (Code procedure : procedures) {
            Map<String, String> keys = new LinkedHashMap<>();
            keys.put(Workitem.PROCEDURE_STEP_STATE, Workitem.SCHEDULED);
            keys.put(Workitem.INPUT_READINESS_STATE, "READY");
            keys.put(Workitem.SCHEDULED_WORKITEM_CODE_SEQUENCE + ".00080100", procedure.value());
            keys.put(Workitem.SCHEDULED_WORKITEM_CODE_SEQUENCE + ".00080102", procedure.scheme());
            if (stations.size() == 1) {
                keys.put(
                        Workitem.SCHEDULED_STATION_NAME_CODE_SEQUENCE + ".00080100",
                        stations.get(0).value());
            }
            searches.add(keys);
        }
        return searches;
    }

    /** Whether it is scheduled for us: a service may leave keys out of account. */
    boolean concern(Workitem workitem) {
        return any(procedures, workitem.procedures())
                && (stations.isEmpty() || any(stations, workitem.stations()))
                && (performers.isEmpty() || any(performers, workitem.performers()));
    }

    private static boolean any(List<Code> wanted, List<Code> named) {
        return named.stream().anyMatch(code -> wanted.stream().anyMatch(code::is));
    }
}

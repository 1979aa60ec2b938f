package org.rigatino.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.List;

/** For the switch. */
@ApplicationScoped
@Named("languages")
public class Languages {
    public List<Language> getAll() {
        return List.of(Language.values());
    }
}

package org.rigatino.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/**
 * How bodies of requests are read: what is misspelt is refused as {@link KnownParameters} refuses it, since its default would
 * be taken for what was meant, and neither 1.5 nor the number of a constant is taken for another value.
 */
@Provider
@Singleton
public class StrictBodies implements ContextResolver<ObjectMapper> {
    private final ObjectMapper strict;

    @Inject
    StrictBodies(ObjectMapper mapper) {
        strict = mapper.copy()
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                // WrongBody tells of which kind the value was that reading ended at.
                .configure(JsonParser.Feature.CLEAR_CURRENT_TOKEN_ON_CLOSE, false);
    }

    @Override
    public ObjectMapper getContext(Class<?> type) {
        return strict;
    }
}

package com.kt.event.content.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.kt.event.content.StandIns;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Which lines of the log name the request that they are about. */
@QuarkusTest
@WithTestResource(StandIns.class)
class RequestIdLogTest extends HttpSuite {
    @ConfigProperty(name = "quarkus.log.console.format")
    String format;

    private final Logger logger = Logger.getLogger(ProblemSigner.class.getName());
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        lines.formatter = new PatternFormatter(format);
        logger.addHandler(lines);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(lines);
    }

    @Test
    void aLineAboutARequestNamesIt() {
        String job = UUID.randomUUID().toString();
        redis.set("job:" + job, "no hash");

        given().header("X-Request-Id", "shop-1").get("/api/content/images/jobs/" + job).then().statusCode(500);

        assertThat(lines.written).singleElement().asString().contains("answered 500").contains(" shop-1");
        redis.del("job:" + job);
    }

    @Test
    void anyOtherLineIsAsItWas() {
        logger.warning("nobody asked");

        assertThat(lines.written).singleElement().asString().matches(
                "[\\d-]+ [\\d:,]+ WARN\\w* +\\[[\\w.]+ProblemSigner] \\(.+\\) nobody asked \\R");
    }

    private static final class Lines extends Handler {
        private final List<String> written = new CopyOnWriteArrayList<>();
        private Formatter formatter;

        @Override
        public void publish(LogRecord entry) {
            written.add(formatter.format(entry));
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    }
}

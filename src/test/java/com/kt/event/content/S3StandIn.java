package com.kt.event.content;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** An S3 server beside the service under test, which stores its images there. For use together with {@link StandIns}. */
public class S3StandIn implements QuarkusTestResourceLifecycleManager {
    private final S3Server server = new S3Server();

    /** After {@link StandIns}, whose directory must not be used. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        return server.start().settings();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(S3Server.class));
    }

    @Override
    public void stop() {
        server.close();
    }
}

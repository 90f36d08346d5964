package com.kt.event.content.api;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the native executable. */
@QuarkusIntegrationTest
class ConfiguredChannelsHttpIT extends ConfiguredChannelsHttpTest {
}

/** Stand-ins for dev mode and for tests: a real Redis, an image API, samples. Nothing of this is in what ships. */
package com.kt.event.content.embedded;

/** Stand-ins for dev mode and tests: a real Redis, an image API, samples. None of this is in the production build. */
package com.kt.event.content.embedded;

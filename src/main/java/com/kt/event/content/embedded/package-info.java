/** Stand-ins for dev mode and tests, which do not ship: a real Redis, an image API, sample recommendations. */
package com.kt.event.content.embedded;

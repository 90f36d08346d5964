package com.kt.event.content.gallery;

import javax.xml.parsers.SAXParser;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Leaves XML catalogs out of the native executable. The XML parser that reads the responses of S3 could ask one where a DTD is,
 * which would need a second parser, with XML Schema. The client of S3 allows no DTD.
 */
@TargetClass(className = "javax.xml.catalog.CatalogImpl")
final class XmlCatalogs {
    @Substitute
    private SAXParser getParser() {
        throw new UnsupportedOperationException("XML catalogs are not supported");
    }
}

package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** An agent shares the class path of the app that it enters, so heliograph.jar brings nothing along. */
class DependenciesTest {
    @Test
    void noDependencyIsThereAtRunTime() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File("pom.xml"));
        XPath xpath = XPathFactory.newInstance().newXPath();
        NodeList all = (NodeList) xpath.evaluate("/project/dependencies/dependency", pom, XPathConstants.NODESET);
        List<String> scopes = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            scopes.add(xpath.evaluate("scope", all.item(i)));
        }
        assertThat(scopes).hasSizeGreaterThan(1).containsOnly("provided", "test");
    }
}
